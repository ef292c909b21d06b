// onnxruntime-web, on one thread like everyone here: one matrix product, in floating point or in its eight bits.
import * as ort from 'onnxruntime-web/wasm';
import { listFrom, query } from './shared.js';
import { graph } from './onnx-graph.js';

async function session(bytes) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = './onnx/';
  return ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
}

/** The transpose of the vectors: an item a column, as a product from the left takes them. */
function columns({ items, dims, vectors }, to) {
  const turned = new to(items * dims);
  for (let item = 0; item < items; item++) {
    for (let d = 0; d < dims; d++) turned[d * items + item] = vectors[item * dims + d];
  }
  return turned;
}

export const float = {
  name: 'onnxruntime-web, MatMul',
  async make(data) {
    const run = await session(
      graph({
        node: { op: 'MatMul', inputs: ['z', 'items'], output: 'scores' },
        input: { name: 'z', type: 'float', shape: [1, data.dims] },
        output: { name: 'scores', type: 'float', shape: [1, data.items] },
        weights: { name: 'items', type: 'float', shape: [data.dims, data.items], values: columns(data, Float32Array) },
      }),
    );
    return {
      async answer(ask) {
        const z = new ort.Tensor('float32', query(data, ask.rows, ask.feedback), [1, data.dims]);
        const { scores } = await run.run({ z });
        return listFrom(data, scores.data, ask);
      },
      free: () => run.release(),
    };
  },
};

export const integer = {
  name: 'onnxruntime-web, MatMulInteger',
  async make(data) {
    const { items, dims, scales } = data;
    const codes = Float32Array.from(data.vectors, (value, at) => Math.round(value / scales[Math.floor(at / dims)]));
    const run = await session(
      graph({
        node: { op: 'MatMulInteger', inputs: ['z', 'items', 'zero'], output: 'scores' },
        input: { name: 'z', type: 'uint8', shape: [1, dims] },
        output: { name: 'scores', type: 'int32', shape: [1, items] },
        weights: { name: 'items', type: 'int8', shape: [dims, items], values: columns({ items, dims, vectors: codes }, Int8Array) },
        zero: { name: 'zero', type: 'uint8', shape: [], values: Uint8Array.of(128) },
      }),
    );
    const scores = new Float32Array(items);
    return {
      async answer(ask) {
        const z = query(data, ask.rows, ask.feedback);
        const peak = z.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
        const rounded = Uint8Array.from(z, (value) => Math.round((value * 127) / peak) + 128);
        const products = (await run.run({ z: new ort.Tensor('uint8', rounded, [1, dims]) })).scores.data;
        for (let item = 0; item < items; item++) scores[item] = products[item] * scales[item];
        return listFrom(data, scores, ask);
      },
      free: () => run.release(),
    };
  },
};
