import './require-node.mjs';

await import('./cli.ts');
