//! What reaches outside the page's own state: network, storage, clock, address bar and document. Nothing else does.

mod address;
mod files;
mod keys;
mod language;
mod ledger;
mod leisure;
mod model;
mod offline;
mod page;
mod persistence;
mod ratings;
mod settings;
mod stages;
mod styles;
mod trends;

pub(crate) use address::{go, use_address};
pub(crate) use files::{Picked, copy, download, link_to, pause, today};
pub(crate) use keys::{keys_are_on, listen_for_keys, turn_keys};
pub(crate) use language::{choose_language, speak, wanted_language};
pub(crate) use ledger::{Came, Request, Stored, use_ledger};
pub(crate) use leisure::leisure;
pub(crate) use model::{score_quickly, use_model};
pub(crate) use offline::use_offline;
pub(crate) use page::{reload, use_display_face, use_follow, use_page};
pub(crate) use persistence::{
    Safety, remember_export, remind_later, reminder_due, use_persistence, use_safety,
};
pub(crate) use ratings::{Actions, use_ratings};
pub(crate) use settings::{
    Theme, asked_this_visit, is_returning, remember_asked, use_returning, use_theme,
};
pub(crate) use stages::{cards_across, use_stages};
pub(crate) use styles::adopt;
pub(crate) use trends::{Fetched, use_trends};

use std::rc::Rc;

use matinee_web::store::{Store, StoreError};
use tokio::sync::OnceCell;
use yew::UseReducerHandle;

use crate::state::State;

/// A way to send actions without redrawing when they change something.
type Dispatch = yew::UseReducerDispatcher<State>;

/// The database, opened when first asked for, once for the whole page.
#[derive(Clone, Default)]
pub(crate) struct Shared(Rc<OnceCell<Result<Store, StoreError>>>);

impl Shared {
    async fn store(&self) -> Result<&Store, StoreError> {
        self.0
            .get_or_init(Store::open)
            .await
            .as_ref()
            .map_err(Clone::clone)
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The state, as pages get it.
pub(crate) type StateHandle = UseReducerHandle<State>;
