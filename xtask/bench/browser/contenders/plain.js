// Plain JavaScript on typed arrays: the honest baseline.
import { listFrom, query } from './shared.js';

export const name = 'plain JavaScript';

export async function make(data) {
  const { items, dims, vectors } = data;
  const scores = new Float32Array(items);
  return {
    answer(ask) {
      const z = query(data, ask.rows, ask.feedback);
      for (let item = 0, at = 0; item < items; item++) {
        // Four sums, so that no addition waits for the one before.
        let [a, b, c, d] = [0, 0, 0, 0];
        const end = at + dims - (dims % 4);
        let n = 0;
        for (; at < end; at += 4, n += 4) {
          a += vectors[at] * z[n];
          b += vectors[at + 1] * z[n + 1];
          c += vectors[at + 2] * z[n + 2];
          d += vectors[at + 3] * z[n + 3];
        }
        for (; n < dims; n++, at++) a += vectors[at] * z[n];
        scores[item] = a + b + (c + d);
      }
      return listFrom(data, scores, ask);
    },
  };
}
