//! Has the engine score with the vector instructions that this browser has.

use std::cell::OnceCell;

use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use matinee_kernel::{Query, Rows};
use wasm_bindgen::prelude::*;

/// Sets of instructions that a kernel is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// `i32x4.relaxed_dot_i8x16_i7x16_add_s`: one instruction where the others take four.
    RelaxedSimd,
    /// What every browser since 2023 has.
    Simd128,
}

impl Instructions {
    /// All of them, the fastest first.
    pub const ALL: [Self; 2] = [Self::RelaxedSimd, Self::Simd128];

    /// What WebAssembly calls them.
    pub fn name(self) -> &'static str {
        match self {
            Self::RelaxedSimd => "relaxed-simd",
            Self::Simd128 => "simd128",
        }
    }

    fn module(self) -> &'static [u8] {
        match self {
            Self::RelaxedSimd => include_bytes!(concat!(env!("OUT_DIR"), "/relaxed-simd.wasm")),
            Self::Simd128 => include_bytes!(concat!(env!("OUT_DIR"), "/simd128.wasm")),
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// What the module exports.
    type Exports;

    #[wasm_bindgen(method)]
    #[allow(
        clippy::too_many_arguments,
        reason = "numbers are all that can be passed"
    )]
    fn score(
        this: &Exports,
        codes: *const i8,
        dims: usize,
        levels: u32,
        scales: *const f32,
        biases: *const f32,
        query: *const i8,
        step: f32,
        scores: *mut f32,
        count: usize,
    );
}

/// A kernel that this browser runs.
pub struct Loaded(Exports);

impl Loaded {
    /// Loads the kernel for these instructions; none where the browser lacks them.
    pub fn new(instructions: Instructions) -> Option<Self> {
        let load = || -> Result<JsValue, JsValue> {
            let module = WebAssembly::Module::new(&Uint8Array::from(instructions.module()))?;
            let env = Object::new();
            Reflect::set(&env, &"memory".into(), &wasm_bindgen::memory())?;
            let imports = Object::new();
            Reflect::set(&imports, &"env".into(), &env)?;
            Ok(WebAssembly::Instance::new(&module, &imports)?
                .exports()
                .into())
        };
        load().ok().map(|exports| Self(exports.unchecked_into()))
    }

    /// Scores every row. A [`matinee_kernel::Kernel`] but for `self`.
    pub fn score(&self, rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
        self.0.score(
            rows.codes.as_ptr(),
            rows.dims,
            rows.levels.into(),
            rows.scales.as_ptr(),
            rows.biases.as_ptr(),
            query.codes.as_ptr(),
            query.step,
            scores.as_mut_ptr(),
            scores.len(),
        );
    }
}

thread_local! {
    static LOADED: OnceCell<Loaded> = const { OnceCell::new() };
}

/// Has the engine use the fastest kernel that this browser runs from now on, and names its instructions. Where it runs
/// none, the program scores by itself, with the same results.
pub fn install() -> &'static str {
    let find = |instructions| Some((instructions, Loaded::new(instructions)?));
    let Some((instructions, loaded)) = Instructions::ALL.into_iter().find_map(find) else {
        return "scalar";
    };
    let fresh = LOADED.with(|kernel| kernel.set(loaded).is_ok());
    if fresh && !matinee_kernel::install(with_loaded) {
        return "scalar";
    }
    instructions.name()
}

fn with_loaded(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
    LOADED.with(|kernel| match kernel.get() {
        Some(kernel) => kernel.score(rows, query, scores),
        // Another thread than the one that installed it.
        None => matinee_kernel::scalar(rows, query, scores),
    });
}
