//! Every kernel gives the bits of the scalar one.

use matinee_kernel::{Query, Rows, kernels, scalar};
use proptest::prelude::*;

/// Rows, a query and what makes scores of their products.
#[derive(Debug, Clone)]
struct Case {
    dims: usize,
    levels: u8,
    codes: Vec<i8>,
    scales: Vec<f32>,
    biases: Vec<f32>,
    query: Vec<i8>,
    step: f32,
}

fn any_case() -> impl Strategy<Value = Case> {
    (1_usize..=150, 0_usize..=21, 1_u8..=127).prop_flat_map(|(dims, count, levels)| {
        let code = || -(levels as i8)..=levels as i8;
        (
            prop::collection::vec(code(), dims * count),
            prop::collection::vec(0.0_f32..2.0, count),
            prop::collection::vec(-1.0_f32..1.0, count),
            prop::collection::vec(-127_i8..=127, dims),
            0.0_f32..2.0,
        )
            .prop_map(move |(codes, scales, biases, query, step)| Case {
                dims,
                levels,
                codes,
                scales,
                biases,
                query,
                step,
            })
    })
}

fn hold_against_scalar(case: &Case) -> Result<(), TestCaseError> {
    let rows = Rows {
        codes: &case.codes,
        dims: case.dims,
        levels: case.levels,
        scales: &case.scales,
        biases: &case.biases,
    };
    let query = Query {
        codes: &case.query,
        step: case.step,
    };
    let scores = |kernel: matinee_kernel::Kernel| {
        let mut scores = vec![f32::NAN; case.scales.len()];
        kernel(rows, query, &mut scores);
        scores.into_iter().map(f32::to_bits).collect::<Vec<_>>()
    };
    let truth = scores(scalar);
    for (name, kernel) in kernels() {
        prop_assert_eq!(&scores(kernel), &truth, "{}", name);
    }
    prop_assert_eq!(scores(matinee_kernel::score), truth);
    Ok(())
}

proptest! {
    #[test]
    fn every_kernel_gives_the_bits_of_the_scalar_one(case in any_case()) {
        hold_against_scalar(&case)?;
    }
}

#[test]
fn so_do_the_largest_codes_in_the_longest_rows() {
    for (row, query) in [(127, 127), (-127, 127), (-127, -127)] {
        let case = Case {
            dims: 1024,
            levels: 127,
            codes: vec![row; 1024 * 9],
            scales: vec![1.0; 9],
            biases: vec![0.0; 9],
            query: vec![query; 1024],
            step: 1.0,
        };
        hold_against_scalar(&case).expect("equal bits");
    }
}

#[test]
#[should_panic(expected = "against 2 codes")]
fn numbers_that_do_not_belong_together_are_refused() {
    let rows = Rows {
        codes: &[1, 2, 3],
        dims: 3,
        levels: 3,
        scales: &[1.0],
        biases: &[0.0],
    };
    let query = Query {
        codes: &[1, 2],
        step: 1.0,
    };
    matinee_kernel::score(rows, query, &mut [0.0]);
}
