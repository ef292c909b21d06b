// A catalogue of somebody who means no good: titles and genres are markup.
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../../e2e/support/app';

/** What each title begins with; run, or made into elements, it leaves a mark on the window. */
export const MARKUP = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '<svg onload="window.hacked=1">',
  '{{constructor.constructor(`window.hacked=1`)()}}',
  '"><iframe srcdoc="<script>parent.hacked=1</script>">',
  "javascript:window.hacked=1//'",
  '\u202Egnp.exe {title} {stars}',
];

/** Trains a small model of invented ratings whose films are called so; gives its bytes. */
export function hostileModel(folder: string): Buffer {
  run('synth', '--out', folder, '--users', '120', '--items', '160');
  const file = path.join(folder, 'movies.csv');
  const [head, ...rows] = fs.readFileSync(file, 'utf8').trim().split('\n');
  const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
  const films = rows.map((row, i) => {
    const id = row.slice(0, row.indexOf(','));
    return [id, quoted(`${MARKUP[i % MARKUP.length]} ${i} (19${50 + (i % 50)})`), quoted(i % 2 ? '<b onclick=hacked=1>Drama</b>' : 'Comedy')].join(',');
  });
  fs.writeFileSync(file, [head, ...films].join('\n'));
  const card = path.join(folder, 'card.json');
  const name = '<img src=x onerror="window.hacked=1">';
  fs.writeFileSync(card, JSON.stringify({ name, catalogue: 'movielens', data_sets: [{ name, licence: name, citation: name }] }));
  const model = path.join(folder, 'hostile.matinee');
  run('train', '--ratings', path.join(folder, 'ratings.csv'), '--items', file, '--links', path.join(folder, 'links.csv'), '--card', card, '--dims', '8', '--trials', '1', '--out', model);
  return fs.readFileSync(model);
}
