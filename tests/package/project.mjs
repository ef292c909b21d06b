// The package as others get it: packed, and installed into an empty project outside the repository.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const samples = path.join(root, 'crates/widget/package/samples');
/** Where the built samples go. */
export const sites = path.join(root, 'target/package-samples');
const built = process.env.MATINEE_PACKAGE ?? path.join(root, 'target/widget/package');

/** The repository's model: its pointer, and the file that this names. */
export const pointer = path.join(root, 'static/model.json');
export const modelFile = path.join(root, 'static', JSON.parse(readFileSync(pointer, 'utf8')).model);

/** Runs a program; what it prints, which is shown where it fails. */
export function run(cwd, program, ...args) {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    console.error(error.stdout);
    throw error;
  }
}

/** The compilers of the samples' lock file, brought where they are not there yet. */
export function compilers() {
  if (!existsSync(path.join(samples, 'node_modules/vite'))) {
    run(samples, 'npm', 'ci', '--no-audit', '--no-fund', '--silent');
  }
  return path.join(samples, 'node_modules/.bin');
}

/** Packs the built package into `folder`; path of the archive. */
export function pack(folder) {
  const [{ filename }] = JSON.parse(run(built, 'npm', 'pack', '--json', '--pack-destination', folder));
  return path.join(folder, filename);
}

/** An empty project with nothing but the package. */
export function emptyProject() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matinee-project-'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  const archive = pack(folder);
  run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent', archive);
  return {
    folder,
    archive,
    bytes: statSync(archive).size,
    installed: path.join(folder, 'node_modules/matinee-recommender'),
    /** Imports a module with this text, written in the project. */
    async module(text) {
      const name = path.join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`);
      writeFileSync(name, text);
      return import(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Builds the samples with the packed package, each into a folder of `out` with a model beside it. */
export function buildSamples(out) {
  rmSync(out, { recursive: true, force: true });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matinee-pack-'));
  try {
    compilers();
    run(samples, 'npm', 'install', '--no-save', '--offline', '--no-audit', '--no-fund', '--silent', pack(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
  run(samples, 'npm', 'run', '--silent', 'check');
  for (const name of ['vite', 'react', 'vue']) {
    const site = path.join(out, name);
    run(samples, 'npx', 'vite', 'build', name, '--outDir', site, '--emptyOutDir', '--logLevel', 'warn');
    cpSync(pointer, path.join(site, 'model.json'));
    cpSync(path.dirname(modelFile), path.join(site, 'models'), { recursive: true });
  }
}
