// What every contender but Matinee is given: the visitor's vector, the best of many scores, and a varied list of them.

/** Candidates that a varied list is put together from, as many as Matinee's engine looks at. */
export const POOL = 300;

/** The visitor's vector: the sum of what was rated. `vectors` are scaled for scoring; ratings weigh what they were. */
export function query({ dims, vectors, scales }, rows, feedback) {
  const z = new Float32Array(dims);
  for (let n = 0; n < rows.length; n++) {
    const weight = feedback[n] / scales[rows[n]];
    const start = rows[n] * dims;
    for (let d = 0; d < dims; d++) z[d] += weight * vectors[start + d];
  }
  return z;
}

/** 1 for each item that may not be in a list: rated, of other genres or years. */
export function excluded({ items, genres, years }, rows, filter) {
  const mask = new Uint8Array(items);
  for (let item = 0; item < items; item++) {
    mask[item] = !(genres[item] & filter.genres) || years[item] < filter.from || years[item] > filter.to ? 1 : 0;
  }
  for (const row of rows) mask[row] = 1;
  return mask;
}

/** The `k` items with the highest scores that are not excluded, best first: a heap whose top is the worst of them. */
export function best(scores, k, mask) {
  const heap = new Int32Array(k);
  let size = 0;
  const worse = (a, b) => scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
  const sink = (at) => {
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && worse(heap[child + 1], heap[child])) child += 1;
      if (!worse(heap[child], heap[at])) return;
      [heap[at], heap[child]] = [heap[child], heap[at]];
      at = child;
    }
  };
  for (let item = 0; item < scores.length; item++) {
    if (size === k) {
      if (scores[item] <= scores[heap[0]] || mask[item]) continue;
      heap[0] = item;
      sink(0);
    } else if (!mask[item]) {
      heap[size] = item;
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!worse(heap[at], heap[parent])) break;
        [heap[at], heap[parent]] = [heap[parent], heap[at]];
        at = parent;
      }
    }
  }
  return heap.slice(0, size).sort((a, b) => scores[b] - scores[a] || a - b);
}

/** Maximal marginal relevance: `k` of the pool, each the best by its score and its unlikeness to those before. */
export function varied({ dims, vectors }, pool, scoreOf, k, diversity) {
  const size = pool.length;
  const near = new Float32Array(size * dims);
  const merit = new Float32Array(size);
  const closest = new Float32Array(size);
  const worst = scoreOf(size - 1);
  const range = scoreOf(0) - worst;
  for (let n = 0; n < size; n++) {
    const start = pool[n] * dims;
    let square = 0;
    for (let d = 0; d < dims; d++) square += vectors[start + d] ** 2;
    const length = Math.sqrt(square) || 1;
    for (let d = 0; d < dims; d++) near[n * dims + d] = vectors[start + d] / length;
    merit[n] = range > 0 ? (scoreOf(n) - worst) / range : 1;
  }
  const open = Int32Array.from(pool.keys());
  let left = size;
  const taken = new Uint32Array(Math.min(k, size));
  for (let place = 0; place < taken.length; place++) {
    let at = 0;
    let highest = -Infinity;
    for (let n = 0; n < left; n++) {
      const value = (1 - diversity) * merit[open[n]] - diversity * closest[open[n]];
      if (value > highest) [at, highest] = [n, value];
    }
    const next = open[at];
    open.copyWithin(at, at + 1, left--);
    taken[place] = pool[next];
    const mine = next * dims;
    for (let n = 0; n < left; n++) {
      const other = open[n] * dims;
      let cosine = 0;
      for (let d = 0; d < dims; d++) cosine += near[mine + d] * near[other + d];
      if (cosine > closest[open[n]]) closest[open[n]] = cosine;
    }
  }
  return taken;
}

/**
 * The vectors with one more dimension that makes all of them as long as the longest. For a query with 0 there, the
 * nearest by Euclidean distance is then the one with the largest dot product.
 */
export function lengthened({ items, dims, vectors }) {
  const squares = Float64Array.from({ length: items }, (_, item) => {
    let square = 0;
    for (let d = 0; d < dims; d++) square += vectors[item * dims + d] ** 2;
    return square;
  });
  const longest = squares.reduce((most, square) => Math.max(most, square), 0);
  const longer = new Float32Array(items * (dims + 1));
  for (let item = 0; item < items; item++) {
    longer.set(vectors.subarray(item * dims, (item + 1) * dims), item * (dims + 1));
    longer[item * (dims + 1) + dims] = Math.sqrt(longest - squares[item]);
  }
  return longer;
}

/** A list from everybody's scores. */
export function listFrom(data, scores, ask) {
  const pool = best(scores, POOL, excluded(data, ask.rows, ask.filter));
  return varied(data, pool, (n) => scores[pool[n]], ask.k, ask.diversity);
}

/**
 * A list from an index of lengthened vectors, which knows no filter: asked for more until enough may be shown.
 * `search(point, k)` gives the rows of the nearest `k`, the nearest first.
 */
export function listFromIndex(data, ask, search) {
  const { dims, vectors } = data;
  const z = query(data, ask.rows, ask.feedback);
  const point = Float32Array.of(...z, 0);
  const score = (row) => {
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += vectors[row * dims + d] * z[d];
    return sum;
  };
  const mask = excluded(data, ask.rows, ask.filter);
  let allowed = 0;
  for (const out of mask) allowed += 1 - out;
  for (let wanted = Math.ceil((1.3 * POOL * data.items) / allowed); ; wanted *= 2) {
    const found = search(point, Math.min(wanted, data.items)).filter((row) => !mask[row]);
    if (found.length >= Math.min(POOL, allowed) || wanted >= data.items) {
      const pool = found.slice(0, POOL);
      const scores = pool.map(score);
      return varied(data, pool, (n) => scores[n], ask.k, ask.diversity);
    }
  }
}
