import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = globSync(['*.md', 'docs/*.md'], { cwd: root });

/** Targets of links and pictures that lead to a file of the project, without their anchors. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));

/** Files that a page names in code spans: `bot/store/lease.ts`. Tests are also named from their folder on. */
const filesNamedIn = (text: string): string[] =>
  [...text.matchAll(/`([\w-]+(?:\/[\w.-]+)+\.(?:ts|mjs|json))`/g)].map(([, path = '']) => path);

suite('the documents', () => {
  test('are found', () => assert.ok(pages.includes('README.md') && pages.includes('docs/architecture.md')));

  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8');
    test(`${page} links to files that are there`, () => {
      const missing = linksOf(text).filter((target) => !existsSync(join(root, dirname(page), target)));
      assert.deepEqual(missing, []);
    });
    test(`${page} names files that are there`, () => {
      const missing = filesNamedIn(text).filter(
        (path) => ![path, join('test', path)].some((candidate) => existsSync(join(root, candidate))),
      );
      assert.deepEqual(missing, []);
    });
  }
});
