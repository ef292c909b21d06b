import { journeys } from './journeys.mjs';
import { open } from './webkit.mjs';

journeys('WebKitGTK', open);
