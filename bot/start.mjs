import './require-node.mjs';
import './compile-cache.mjs';

await import('./cli.ts');
