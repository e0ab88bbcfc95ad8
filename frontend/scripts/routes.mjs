// Writes src/routeTree.gen.ts from the files in src/routes, as the Vite plugin does while it runs,
// so that a type check needs no build first. The file is generated everywhere and not checked in.

import { fileURLToPath } from 'node:url';
import { Generator, getConfig } from '@tanstack/router-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
await new Generator({ config: getConfig({}, root), root }).run();
