"""Measures known exactly, within bounds or not at all, and what comparing them with a threshold tells."""
from fractions import Fraction


def holds(comparison, threshold, low, high, high_open=False):
    """02: A comparison is decided when the whole interval lies on one side, undetermined otherwise.
    True, False or None for an interval [low, high] (open above with high_open)."""
    test = {"at_least": lambda v: v >= threshold, "more_than": lambda v: v > threshold, "at_most": lambda v: v <= threshold}
    if comparison == "at_most":
        if high <= threshold:
            return True
        return False if low > threshold else None
    if test[comparison](low):
        return True
    if not test[comparison](high) or (high_open and high == threshold):
        return False
    return None


class Known:
    """A measure known as an interval of percent."""
    empty = False

    def __init__(self, low, high=None, high_open=False):
        self.low, self.high, self.high_open = low, low if high is None else high, high_open

    def holds(self, comparison, threshold):
        return holds(comparison, threshold, self.low, self.high, self.high_open)


class Ratio:
    """part / whole, where both are sums of independent blocks and each block is known up to a list of corner points
    (part, whole): exactly one where it is exact, the corners of its bounds where parts are missing, possibly far out.
    part/whole >= t is part - t*whole >= 0, which is linear, so its least and greatest value are sums of the blocks'."""

    def __init__(self, blocks):
        self.blocks = blocks
        # Ambiguous: a share of nothing. 02 says "whole 0 is not_applicable" of coverage alone; taken for every share.
        self.empty = all(w == 0 for block in blocks for _, w in block)

    def holds(self, comparison, threshold, if_any=False):
        t = threshold / 100
        least = sum(min(w for _, w in block) for block in self.blocks)
        if sum(max(p for p, _ in block) for block in self.blocks) <= 0:
            # the part is 0 whatever the whole: 0 % (also where the whole is 0: nothing was late); by a slip, even less
            return holds(comparison, threshold, Fraction(0), Fraction(0))
        if least <= 0 and not if_any:   # it may be a share of nothing, which lies on no side
            return None
        low = sum(min(minus(p, t, w) for p, w in block) for block in self.blocks)
        high = sum(max(minus(p, t, w) for p, w in block) for block in self.blocks)
        return holds(comparison, 0, low, high)


FAR = Fraction(10) ** 30   # stands for "no upper bound": beyond every count there is


def minus(part, t, whole):
    return part - t * whole


class Both:
    """Ambiguous: counts and a published share of the same year. The counts are taken; a published share that agrees with
    what the counts leave open narrows it, one that contradicts them is left aside."""

    def __init__(self, counts, share):
        self.counts, self.share, self.empty = counts, share, counts.empty

    def holds(self, comparison, threshold):
        first = self.counts.holds(comparison, threshold)
        if first is not None:
            return first
        # Ambiguous: all of nothing or of what is late alone. Counts that may be of nothing say nothing; the share stands.
        if all(p == w for block in self.counts.blocks for p, w in block):
            return self.share.holds(comparison, threshold)
        above = self.counts.holds("at_least" if self.share.high_open else "more_than", self.share.high, if_any=True)
        below = self.counts.holds("at_least", self.share.low, if_any=True)
        return None if above is True or below is False else self.share.holds(comparison, threshold)


class Unknown:
    """02: Unknown is the widest interval."""
    empty = False

    def holds(self, comparison, threshold):
        return None




class Hull:
    """Some value between the lowest and the highest of several."""

    def __init__(self, values):
        self.values, self.empty = values, all(v.empty for v in values)

    def holds(self, comparison, threshold):
        found = {v.holds(comparison, threshold) for v in self.values}
        return found.pop() if len(found) == 1 else None
