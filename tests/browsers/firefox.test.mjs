import { open } from './firefox.mjs';
import { journeys } from './journeys.mjs';

journeys('Firefox', open);
