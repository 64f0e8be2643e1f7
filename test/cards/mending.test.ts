import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mendingCommands, mendingOf } from '../../cards/mending.ts';

for (const [sentence, what, command] of [
  [
    'The owner of C:\\x y is A and was B: icacls "C:\\x y" /setowner "*S-1-5-32-544"',
    'The owner of C:\\x y is A and was B',
    'icacls "C:\\x y" /setowner "*S-1-5-32-544"',
  ],
  [
    'The attributes of C:\\x are Archive and were ReadOnly: attrib +R -A "C:\\x"',
    'The attributes of C:\\x are Archive and were ReadOnly',
    'attrib +R -A "C:\\x"',
  ],
  [
    "The DACL of C:\\x is not as it was: $item = Get-Item -Force -LiteralPath 'C:\\x'; $acl = 1",
    'The DACL of C:\\x is not as it was',
    "$item = Get-Item -Force -LiteralPath 'C:\\x'; $acl = 1",
  ],
  [
    'The file C:\\x of WSUS Bot is left over (it is in use): del "C:\\x"',
    'The file C:\\x of WSUS Bot is left over (it is in use)',
    'del "C:\\x"',
  ],
  ['The owner of C:\\icacls is A', 'The owner of C:\\icacls is A', undefined],
  ['', '', undefined],
] as const) {
  it(`takes apart "${sentence}"`, () => assert.deepEqual(mendingOf(sentence), { what, command }));
}

it('gives the commands one a line, without the sentences that have none', () => {
  assert.equal(mendingCommands(['a: icacls 1', 'no command', 'b: attrib 2']), 'icacls 1\nattrib 2');
  assert.equal(mendingCommands(['no command']), undefined);
  assert.equal(mendingCommands([]), undefined);
});
