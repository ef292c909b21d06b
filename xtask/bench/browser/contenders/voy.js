// voy: a k-d tree of Euclidean distances.
import * as voy from 'voy-search/voy_search_bg.js';
import { lengthened, listFromIndex } from './shared.js';

export const name = 'voy-search';

export async function make(data) {
  // Its own entry point imports the .wasm file as a module, which browsers do not do yet.
  const { instance } = await WebAssembly.instantiateStreaming(fetch('./voy_search_bg.wasm'), { './voy_search_bg.js': voy });
  voy.__wbg_set_wasm(instance.exports);
  const vectors = lengthened(data);
  const length = data.dims + 1;
  const embeddings = Array.from({ length: data.items }, (_, row) => ({
    id: String(row),
    title: '',
    url: '',
    embeddings: [...vectors.subarray(row * length, (row + 1) * length)],
  }));
  const index = new voy.Voy({ embeddings });
  const search = (point, k) => index.search(point, k).neighbors.map(({ id }) => Number(id));
  return { answer: (ask) => listFromIndex(data, ask, search), free: () => index.free() };
}
