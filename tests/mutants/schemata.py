"""Rewrites sources so that each mutant stands behind a switch of its own: one program holds them all.

A mutant is what cargo-mutants lists. Its place in the rewritten source looks like this, id being its number:

    a + b            (if crate::mutant::on(7) { a - b } else { a + b })
    a && b           ({ let left_8 = a; if left_8 != crate::mutant::on(8) { b } else { left_8 } })
    !a               (if crate::mutant::on(9) { a } else { !a })
    fn f() { body }  fn f() { if crate::mutant::on(10) { return 0; } body }
    P => e           P if !crate::mutant::on(11) => e
    P if g => e      P if (if crate::mutant::on(12) { true } else { g }) => e
    to.add(a, b)     (if !crate::mutant::on(13) { to.add(a, b) })
    S { f, ..base }  S { f: if crate::mutant::on(14) { (base).f } else { f }, ..base }

A function that returns `impl Trait` boxes what it returns, the mutant's or its own.

An operator keeps the operands that the syntax tree gives it, also where another operator would bind otherwise in the text.
Comments `/*<7*/ ... /*7>*/` stand around what only mutant 7 runs, `/*[7,8*/ ... /*]*/` around all of a place, so that an error
of the compiler can be told to a mutant.
"""
import collections
import re

import tree_sitter
import tree_sitter_rust

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
LOGICAL = {"&&", "||"}
# What writes a member of an object, or several.
WRITES = re.compile(r"to\.add(_some)?\(|(?!Some|Ok)\w+\(to, ")


class Unswitchable(Exception):
    """A mutant that no switch can stand for; says why."""


def switch(ids):
    return f"crate::mutant::on({ids})"


def only(mutant, text):
    """What only this mutant runs."""
    return f"/*<{mutant}*/{text}/*{mutant}>*/"


def place(mutants, text):
    """All of a place that mutants share."""
    return f"/*[{','.join(map(str, mutants))}*/{text}/*]*/"


class Source:
    """A file to be rewritten, and the mutants that belong to its syntax nodes."""

    def __init__(self, text, constant=()):
        self.constant = constant
        self.data = text.encode()
        self.tree = PARSER.parse(self.data)
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line.encode()) + 1)
        self.mutants = collections.defaultdict(list)
        self.boxed = {}

    def offset(self, position):
        line = self.lines[position["line"] - 1]
        return self.starts[position["line"] - 1] + len(line[: position["column"] - 1].encode())

    def node(self, span, whole):
        """The smallest node around a span, or around its first byte."""
        if not whole:
            start = self.offset(span["start"])
            return self.tree.root_node.descendant_for_byte_range(start, start + 1)
        return self.tree.root_node.descendant_for_byte_range(self.offset(span["start"]), self.offset(span["end"]))

    def add(self, number, mutant):
        """Puts a mutant to its node. Raises Unswitchable."""
        node = self.node(mutant["span"], mutant["genre"] not in ("MatchArm", "StructField"))
        find = {
            "FnValue": self.body,
            "BinaryOperator": self.binary,
            "UnaryOperator": self.unary,
            "MatchArm": self.arm,
            "MatchArmGuard": lambda node: self.climb(node, "match_pattern"),
            "StructField": self.field,
            "Member": lambda node: self.climb(node, "call_expression"),
        }[mutant["genre"]]
        found = find(node)
        self.in_no_constant(found)
        self.mutants[found.id].append((number, mutant))

    def in_no_constant(self, node):
        """What is worked out when the library is built can ask no switch."""
        while node is not None:
            if node.type in ("const_item", "static_item", "const_block"):
                raise Unswitchable("stands in a constant")
            if node.type == "function_item" and self.text(node.child_by_field_name("name")) in self.constant:
                if any(child.type == "function_modifiers" and "const" in self.text(child) for child in node.children):
                    raise Unswitchable("stands in a function that constants call")
            node = node.parent

    @staticmethod
    def climb(node, kind):
        while node is not None and node.type != kind:
            node = node.parent
        if node is None:
            raise Unswitchable(f"no {kind} there")
        return node

    def body(self, node):
        function = self.climb(node, "function_item")
        returned = function.child_by_field_name("return_type")
        if returned is not None and self.text(returned).startswith("impl"):
            self.boxed[function.child_by_field_name("body").id] = re.sub(
                r"^impl |\s*\+\s*(use<[^>]*>|'\w+)", "", self.text(returned)
            )
        return function.child_by_field_name("body")

    def arm(self, node):
        arm = self.climb(node, "match_arm")
        patterns = [arm.child_by_field_name("pattern") for arm in arm.parent.named_children if arm.type == "match_arm"]
        if not any(self.text(pattern) == "_" for pattern in patterns):
            raise Unswitchable("no arm takes all that the others leave")
        return arm.child_by_field_name("pattern")

    @staticmethod
    def field(node):
        while node.type not in ("field_initializer", "shorthand_field_initializer"):
            node = node.parent
        return node

    def binary(self, node):
        parent = node.parent
        if parent.type == "let_chain":
            raise Unswitchable("stands in a chain with `let`")
        if parent.type not in ("binary_expression", "compound_assignment_expr"):
            raise Unswitchable(f"the operator of a {parent.type}")
        return parent

    def unary(self, node):
        node = node if node.type == "unary_expression" else node.parent
        if node.type != "unary_expression":
            raise Unswitchable(f"the operator of a {node.type}")
        return node

    def text(self, node):
        return self.data[node.start_byte : node.end_byte].decode()

    def replaced(self, *mutants):
        """The text with some mutants, without any switch."""
        text = self.data
        for mutant in sorted(mutants, key=lambda mutant: self.offset(mutant["span"]["start"]), reverse=True):
            start, end = (self.offset(mutant["span"][side]) for side in ("start", "end"))
            text = text[:start] + mutant["replacement"].encode() + text[end:]
        return text.decode()

    def rewritten(self):
        root = self.tree.root_node
        return self.data[: root.start_byte].decode() + self.emit(root) + self.data[root.end_byte :].decode()

    def emit(self, node):
        mutants = self.mutants.get(node.id)
        if not mutants:
            return self.inner(node)
        numbers = [number for number, _ in mutants]
        return {
            "block": self.emit_body,
            "binary_expression": self.emit_binary,
            "compound_assignment_expr": self.emit_binary,
            "unary_expression": self.emit_unary,
            "match_pattern": self.emit_pattern,
            "field_initializer": self.emit_field,
            "shorthand_field_initializer": self.emit_field,
            "call_expression": self.emit_call,
        }[node.type](node, mutants, numbers)

    def inner(self, node):
        if node.child_count == 0:
            return self.text(node)
        if node.type == "function_item" and self.mutated(node):
            return self.without_const(node)
        out, at = [], node.start_byte
        for child in node.children:
            out.append(self.data[at : child.start_byte].decode())
            out.append(self.emit(child))
            at = child.end_byte
        out.append(self.data[at : node.end_byte].decode())
        return "".join(out)

    def mutated(self, node):
        return node.id in self.mutants or any(self.mutated(child) for child in node.children)

    def without_const(self, function):
        """A function whose mutants ask a switch cannot be `const`."""
        out, at = [], function.start_byte
        for child in function.children:
            out.append(self.data[at : child.start_byte].decode())
            text = self.emit(child)
            out.append(re.sub(r"\bconst\b", "", text) if child.type == "function_modifiers" else text)
            at = child.end_byte
        return "".join(out)

    def emit_call(self, node, mutants, numbers):
        return place(numbers, f"(if !{switch(numbers[0])} {{ {self.inner(node)} }})")

    def emit_field(self, node, mutants, numbers):
        base = next(child for child in node.parent.children if child.type == "base_field_initializer")
        base, number = self.emit(base.children[-1]), numbers[0]
        short = node.type == "shorthand_field_initializer"
        name = self.text(node if short else node.child_by_field_name("field"))
        value = name if short else self.emit(node.child_by_field_name("value"))
        changed = only(number, f"({base}).{name}")
        return place(numbers, f"{name}: (if {switch(number)} {{ {changed} }} else {{ {value} }})")

    def emit_boxed(self, node, mutants, numbers):
        out = "{ let returned: Box<dyn " + self.boxed[node.id] + " + '_> = "
        for number, mutant in mutants:
            changed = only(number, f"Box::new({mutant['replacement']})")
            out += f"if {switch(number)} {{ {changed} }} else "
        return out + "{ Box::new(" + self.inner(node) + ") }; returned }"

    def emit_body(self, node, mutants, numbers):
        if node.id in self.boxed:
            return place(numbers, self.emit_boxed(node, mutants, numbers))
        returns = "".join(
            f" if {switch(number)} {{ return {only(number, mutant['replacement'])}; }}" for number, mutant in mutants
        )
        return "{" + place(numbers, returns) + self.inner(node)[1:]

    def emit_binary(self, node, mutants, numbers):
        left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
        a, op, b = self.emit(left), self.text(operator), self.emit(right)
        if op in LOGICAL:
            if len(mutants) != 1:
                raise Unswitchable("more than one change of a logical operator")
            kept = f"left_{numbers[0]}"
            then, other = (b, kept) if op == "&&" else (kept, b)
            test = f"if {kept} != {switch(numbers[0])} {{ {then} }} else {{ {other} }}"
            return place(numbers, f"({{ let {kept} = {a}; {test} }})")
        end = ";" if node.type == "compound_assignment_expr" else ""
        out = "("
        for number, mutant in mutants:
            changed = only(number, f"({a} {mutant['replacement']} {b})")
            out += f"if {switch(number)} {{ {changed}{end} }} else "
        return place(numbers, out + f"{{ ({a} {op} {b}){end} }})")

    def emit_unary(self, node, mutants, numbers):
        operator, operand = node.children[0], self.emit(node.children[-1])
        number = numbers[0]
        changed = only(number, f"({operand})")
        return place(numbers, f"(if {switch(number)} {{ {changed} }} else {{ ({self.text(operator)}{operand}) }})")

    def emit_pattern(self, node, mutants, numbers):
        guard = node.child_by_field_name("condition")
        if guard is None:
            return place(numbers, f"{self.inner(node)} if !{switch(numbers[0])}")
        head = self.data[node.start_byte : guard.start_byte].decode()
        out = "("
        for number, mutant in mutants:
            out += f"if {switch(number)} {{ {only(number, mutant['replacement'])} }} else "
        return place(numbers, f"{head}{out}{{ {self.emit(guard)} }})")


def written(text):
    """The span of each call that writes members of an object, its function and its text in one line."""
    source = Source(text)

    def position(point, byte):
        row, _ = point
        return {"line": row + 1, "column": len(source.data[source.starts[row] : byte].decode()) + 1}

    def walk(node, function):
        if node.type == "mod_item" and source.text(node.child_by_field_name("name")) == "tests":
            return
        if node.type == "function_item":
            function = source.text(node.child_by_field_name("name"))
        if node.type == "call_expression" and WRITES.match(source.text(node)):
            start, end = position(node.start_point, node.start_byte), position(node.end_point, node.end_byte)
            yield {"start": start, "end": end}, function, " ".join(source.text(node).split())
        for child in node.children:
            yield from walk(child, function)

    return list(walk(source.tree.root_node, None))


REGION = re.compile(r"/\*(?:<(\d+)|(\d+)>|\[([\d,]+)|(\]))\*/")


def regions(text):
    """(start, end, mutants, shared) in bytes for every mutant's part and every place of a rewritten source."""
    out, stack = [], []
    for match in REGION.finditer(text):
        at = len(text[: match.start()].encode())
        mine, end, shared, close = match.groups()
        if mine:
            stack.append((at, [int(mine)], False))
        elif shared:
            stack.append((at, [int(n) for n in shared.split(",")], True))
        elif end or close:
            start, numbers, is_place = stack.pop()
            out.append((start, at, numbers, is_place))
    return out
