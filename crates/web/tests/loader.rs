//! The loader, over real fetches of real model files.

#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use gloo::file::{Blob, ObjectUrl};
use matinee_format::{Feedback, FormatError, Header, ItemRecord, ModelCard, Scale, encode};
use matinee_web::loader::{LoadError, Source, load, open_kept};
use matinee_web::store::GoodModel;
use sha2::{Digest, Sha256};
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A model of 300 films in three chunks.
fn file() -> Vec<u8> {
    let header = Header {
        catalogue: "test".into(),
        dims: 4,
        levels: 127,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 20,
        genres: Vec::new(),
        feedback: Feedback {
            scale: None,
            weights: vec![1.0],
            not_for_me: -0.1,
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    };
    let item = |i: u32| ItemRecord {
        id: i.to_string(),
        title: format!("Film {i}"),
        alt_titles: Vec::new(),
        year: None,
        genres: 0,
        popularity: 1000 - i,
        imdb: None,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(1.0),
        bias: Scale::nearest(0.0),
        codes: vec![(i % 100) as i8, 1, 2, 3],
    };
    encode(header, &(0..300).map(item).collect::<Vec<_>>(), &[100]).unwrap()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Loads `bytes` from a URL of the page, expecting the file with hash `sha256`; the number of films.
async fn fetch(bytes: &[u8], sha256: &str) -> Result<usize, LoadError> {
    let url = ObjectUrl::from(Blob::new(bytes));
    let source = Source {
        url: url.to_string(),
        sha256: sha256.into(),
        bytes: Some(bytes.len() as u64),
    };
    let loaded = load(&source, false, |_| {}).await?;
    assert_eq!(
        loaded.file.bytes.to_vec(),
        bytes,
        "what is kept is the file"
    );
    Ok(loaded.model.len())
}

#[test]
async fn a_sound_file_becomes_a_model() {
    let file = file();
    assert_eq!(fetch(&file, &hash(&file)).await, Ok(300));
}

#[test]
async fn a_file_other_than_the_published_one_is_refused() {
    let loaded = fetch(&file(), &"0".repeat(64)).await;
    assert!(matches!(loaded, Err(LoadError::Hash { .. })), "{loaded:?}");
}

#[test]
async fn a_damaged_file_is_refused() {
    let mut file = file();
    let expected = hash(&file);
    let last = file.len() - 1;
    file[last] ^= 1;
    let loaded = fetch(&file, &expected).await;
    assert!(
        matches!(
            loaded,
            Err(LoadError::Damaged(FormatError::Checksum { .. }))
        ),
        "{loaded:?}"
    );
}

#[test]
async fn a_file_cut_short_is_refused() {
    let file = file();
    let loaded = fetch(&file[..file.len() / 2], &hash(&file)).await;
    assert!(
        matches!(
            loaded,
            Err(LoadError::Damaged(FormatError::Truncated { .. }))
        ),
        "{loaded:?}"
    );
}

#[test]
async fn a_kept_file_is_checked_again() {
    let mut bytes = file();
    let sha256 = hash(&bytes);
    let kept = |bytes: &[u8]| GoodModel {
        sha256: sha256.clone(),
        bytes: bytes.into(),
    };
    let opened = open_kept(&kept(&bytes)).await;
    assert_eq!(opened.map(|model| model.len()), Ok(300));
    bytes[40] ^= 1;
    let opened = open_kept(&kept(&bytes)).await;
    assert!(matches!(opened, Err(LoadError::Hash { .. })), "{opened:?}");
}
