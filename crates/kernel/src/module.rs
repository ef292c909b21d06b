//! A WebAssembly module that is nothing but a vector kernel, on the memory of the program that uses it.
//!
//! A browser without vector instructions refuses a whole module that contains one. So the program itself has none; it
//! brings this one along, a few hundred bytes, and loads it where it can be. `build.rs` of the crate that does so builds
//! it, once for each instruction set, and sees that it has no memory, no data and no stack of its own.

#![no_std]

mod blocks;
mod wasm;

use blocks::Task;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Scores every row; see the kernel that is in the program.
///
/// # Safety
/// The pointers are into the shared memory, to as many numbers as the sizes say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn score(
    codes: *const i8,
    dims: usize,
    levels: i32,
    scales: *const f32,
    biases: *const f32,
    query: *const i8,
    step: f32,
    scores: *mut f32,
    count: usize,
) {
    let task = Task {
        codes,
        dims,
        query,
        step,
        scales,
        biases,
        scores,
        count,
    };
    // SAFETY: the caller's.
    unsafe { run(task, levels) }
}

#[cfg(not(target_feature = "relaxed-simd"))]
unsafe fn run(task: Task, _levels: i32) {
    // SAFETY: the caller's.
    unsafe { blocks::score(wasm::Simd128, task) }
}

#[cfg(target_feature = "relaxed-simd")]
unsafe fn run(task: Task, levels: i32) {
    use blocks::Lanes;
    if levels > i32::from(wasm::Relaxed::LEVELS) {
        // SAFETY: the caller's.
        return unsafe { blocks::score(wasm::Simd128, task) };
    }
    let mut sum = 0;
    for at in 0..task.dims - task.dims % wasm::Relaxed::WIDTH {
        // SAFETY: within the query.
        sum += i32::from(unsafe { *task.query.add(at) });
    }
    let lanes = wasm::Relaxed {
        offset: levels as i8,
        excess: levels * sum,
    };
    // SAFETY: the caller's; levels leave the processor no choice.
    unsafe { blocks::score(lanes, task) }
}
