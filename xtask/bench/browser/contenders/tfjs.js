// TensorFlow.js on its WebAssembly backend, with its vector instructions, on one thread like everyone here.
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { listFrom, query } from './shared.js';

export const name = 'tfjs-backend-wasm';

export async function make(data) {
  setWasmPaths('./tfjs/');
  await tf.setBackend('wasm');
  await tf.ready();
  const vectors = tf.tensor2d(data.vectors, [data.items, data.dims]);
  return {
    answer(ask) {
      const scores = tf.tidy(() => {
        const z = tf.tensor2d(query(data, ask.rows, ask.feedback), [data.dims, 1]);
        return tf.matMul(vectors, z).dataSync();
      });
      // Its own topk took longer than these scores through the list of everybody's.
      return listFrom(data, scores, ask);
    },
    free: () => vectors.dispose(),
  };
}
