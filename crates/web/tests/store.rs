//! The browser's storage, for real: IndexedDB in Chromium.

#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use matinee_web::store::{GoodModel, Store};
use matinee_web::{Rating, Stars, Watching};
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

fn rating(item: &str, halves: u8) -> Rating {
    Rating {
        item: item.into(),
        title: "Heat".into(),
        year: Some(1995),
        stars: Stars::from_halves(halves),
        seen: true,
        not_for_me: false,
        watchlist: false,
        unseen: false,
        watched: None,
        updated_at: 1_700_000_000_000.0,
    }
}

async fn stored(store: &Store, item: &str) -> Option<Rating> {
    store
        .ratings()
        .await
        .unwrap()
        .into_iter()
        .find(|rating| rating.item == item)
}

#[test]
async fn a_rating_is_there_for_whoever_opens_the_database_next() {
    let one = Store::open().await.unwrap();
    one.put(&rating("test:1", 9)).await.unwrap();
    let other = Store::open().await.unwrap();
    assert_eq!(stored(&other, "test:1").await, Some(rating("test:1", 9)));
    other.put(&rating("test:1", 2)).await.unwrap();
    assert_eq!(stored(&one, "test:1").await, Some(rating("test:1", 2)));
    one.remove("test:1").await.unwrap();
    assert_eq!(stored(&other, "test:1").await, None);
}

#[test]
async fn how_long_a_film_was_watched_is_kept() {
    let store = Store::open().await.unwrap();
    let watched = Rating {
        stars: None,
        watched: Some(Watching {
            seconds: 5400.0,
            runtime: 7200.0,
        }),
        ..rating("test:3", 9)
    };
    store.put(&watched).await.unwrap();
    assert_eq!(stored(&store, "test:3").await, Some(watched));
}

#[test]
async fn other_tabs_hear_of_a_change() {
    let (one, other) = (Store::open().await.unwrap(), Store::open().await.unwrap());
    let heard = Rc::new(Cell::new(0));
    let count = heard.clone();
    let _listener = other.watch(move || count.set(count.get() + 1)).unwrap();
    one.put(&rating("test:2", 9)).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    assert_eq!(heard.get(), 1);
}

#[test]
async fn the_last_good_model_is_kept_whole() {
    let store = Store::open().await.unwrap();
    let model = |sha256: &str, bytes: &[u8]| GoodModel {
        sha256: sha256.to_owned(),
        bytes: bytes.into(),
    };
    store.keep_model(&model("aa", &[1, 2, 3])).await.unwrap();
    store.keep_model(&model("bb", &[4, 5])).await.unwrap();
    let kept = store.good_model().await.unwrap().unwrap();
    assert_eq!(
        (kept.sha256.as_str(), kept.bytes.to_vec()),
        ("bb", vec![4, 5])
    );
}
