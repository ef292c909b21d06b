// edgevec's HNSW index: called from JavaScript, its FlatIndex takes binary vectors only (0.9.0).
import init, { EdgeVec, EdgeVecConfig } from 'edgevec/edgevec.js';
import { lengthened, listFromIndex } from './shared.js';

export const name = 'edgevec, HNSW';

export async function make(data) {
  await init({ module_or_path: './edgevec_bg.wasm' });
  const config = new EdgeVecConfig(data.dims + 1);
  config.metric = 'l2';
  const index = new EdgeVec(config);
  const ids = index.insertBatchFlat(lengthened(data), data.items);
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const search = (point, k) => index.search(point, k).map(({ id }) => rowOf.get(id));
  return { answer: (ask) => listFromIndex(data, ask, search), free: () => index.free() };
}
