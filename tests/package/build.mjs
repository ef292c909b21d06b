import { buildSamples, sites } from './project.mjs';

export default () => buildSamples(sites);
