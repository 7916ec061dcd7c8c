// Answers with a slug, from inside a worker.

import { init, slug } from '/package/dist/index.js';

await init();
postMessage(slug.generate('Café Zürich', 'e1111111-1111-4111-8111-111111111111'));
