//! The kernels for a browser's vector instructions give the bits of the scalar one.
#![allow(missing_docs, reason = "a test documents itself by its names")]

use matinee_kernel::{Query, Rows, scalar};
use matinee_web::kernel::{Instructions, Loaded, install};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Numbers that repeat from run to run: a linear congruential generator's upper half.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % end
    }

    fn code(&mut self, levels: u8) -> i8 {
        (self.below(2 * u32::from(levels) + 1) as i32 - i32::from(levels)) as i8
    }
}

fn hold_against_scalar(loaded: &Loaded, name: &str, dims: usize, count: usize, levels: u8) {
    let mut numbers = Numbers((dims * 1000 + count) as u32);
    let extreme = levels == 127;
    let codes: Vec<i8> = (0..dims * count)
        .map(|_| if extreme { -127 } else { numbers.code(levels) })
        .collect();
    let query: Vec<i8> = (0..dims).map(|_| numbers.code(127)).collect();
    let mut fractions = |_| numbers.below(1000) as f32 / 777.0;
    let scales: Vec<f32> = (0..count).map(&mut fractions).collect();
    let biases: Vec<f32> = (0..count).map(&mut fractions).collect();
    let rows = Rows {
        codes: &codes,
        dims,
        levels,
        scales: &scales,
        biases: &biases,
    };
    let query = Query {
        codes: &query,
        step: 0.37,
    };
    let (mut truth, mut scores) = (vec![0.0; count], vec![f32::NAN; count]);
    scalar(rows, query, &mut truth);
    loaded.score(rows, query, &mut scores);
    let bits = |scores: &[f32]| {
        scores
            .iter()
            .map(|score| score.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        bits(&scores),
        bits(&truth),
        "{name}: {count} rows of {dims} codes up to {levels}"
    );
}

#[wasm_bindgen_test]
fn every_kernel_that_the_browser_loads_gives_the_bits_of_the_scalar_one() {
    let mut tried = 0;
    for instructions in Instructions::ALL {
        let Some(loaded) = Loaded::new(instructions) else {
            continue;
        };
        tried += 1;
        for levels in [1, 31, 63, 64, 126, 127] {
            for dims in (1..=130).chain([1023, 1024]) {
                for count in [0, 1, 3, 4, 5, 11] {
                    hold_against_scalar(&loaded, instructions.name(), dims, count, levels);
                }
            }
        }
    }
    assert_eq!(tried, 2, "this browser has both sets of instructions");
}

#[wasm_bindgen_test]
fn the_engine_is_given_the_fastest() {
    assert_eq!(install(), "relaxed-simd");
    // And again, as a second program on the page would.
    assert_eq!(install(), "relaxed-simd");
}
