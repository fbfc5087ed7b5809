//! What an assessment shows besides its findings, made when it is first asked for.

use std::sync::{Arc, OnceLock};

use caicach::Assessment;

use crate::dependence::caicach_dependence;
use crate::progress::caicach_progress;
use crate::rating::caicach_rating;
use crate::task_state::caicach_task_state;

#[derive(Debug, Default)]
pub(crate) struct Views {
    ratings: OnceLock<Vec<caicach_rating>>,
    tasks: OnceLock<Vec<caicach_task_state>>,
    progress: OnceLock<Vec<caicach_progress>>,
    dependences: OnceLock<Vec<caicach_dependence>>,
}

impl Views {
    pub(crate) fn ratings(&self, whole: &Arc<Assessment>) -> &[caicach_rating] {
        self.ratings.get_or_init(|| caicach_rating::all(whole))
    }

    pub(crate) fn tasks(&self, whole: &Assessment) -> &[caicach_task_state] {
        self.tasks.get_or_init(|| whole.tasks().iter().map(caicach_task_state::new).collect())
    }

    pub(crate) fn progress(&self, whole: &Assessment) -> &[caicach_progress] {
        self.progress.get_or_init(|| whole.progress().iter().map(caicach_progress::new).collect())
    }

    pub(crate) fn dependences(&self, whole: &Arc<Assessment>) -> &[caicach_dependence] {
        self.dependences.get_or_init(|| caicach_dependence::all(whole))
    }
}
