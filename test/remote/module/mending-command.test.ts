import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { z } from 'zod';
import { inModule, withoutPowershell } from './in-module.ts';

const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const path = String.raw`C:\Program Files\Update Services\Web.config`;
const icacls = (rest: string) => `icacls "${path}" ${rest}`;

/** A file's descriptor as it was and its DACL as it is, and the command that mends it. */
const dacls: readonly (readonly [what: string, was: string, is: string, command: string | RegExp])[] = [
  [
    'the file as it is installed',
    `O:${installer}G:${installer}D:PAI(A;;FA;;;${installer})(A;;0x1200a9;;;SY)(A;;0x1200a9;;;BA)(A;;0x1200a9;;;BU)`,
    'D:PAI(A;;FA;;;BA)',
    icacls(
      `/inheritance:r /grant:r "*${installer}:(F)" "*S-1-5-18:(RX)" "*S-1-5-32-544:(RX)" "*S-1-5-32-545:(RX)"`,
    ),
  ],
  [
    'an entry that has to go',
    'O:BAG:BAD:P(A;;FA;;;SY)',
    'D:P(A;;FA;;;SY)(A;;FA;;;BA)',
    icacls('/inheritance:r /remove:g "*S-1-5-32-544" /grant:r "*S-1-5-18:(F)"'),
  ],
  [
    'inherited entries alone',
    'O:BAG:BAD:AI(A;ID;FA;;;SY)(A;ID;0x1301bf;;;BU)',
    'D:P(A;;FA;;;BA)',
    icacls('/reset'),
  ],
  [
    'a folder whose files inherit',
    'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)',
    'D:PAI',
    icacls('/inheritance:r /grant:r "*S-1-5-18:(OI)(CI)(F)" "*S-1-5-32-544:(OI)(CI)(F)"'),
  ],
  ['an entry that denies', 'O:BAG:BAD:P(D;;FA;;;BU)(A;;FA;;;SY)', 'D:P', /^\$item = Get-Item /],
  ['rights that icacls has no word for', 'O:BAG:BAD:P(A;;0x100080;;;SY)', 'D:P', /^\$item = Get-Item /],
  ['an account that SDDL alone shortens', 'O:BAG:BAD:P(A;;FA;;;LA)', 'D:P', /^\$item = Get-Item /],
  [
    'own entries beside inherited ones',
    'O:BAG:BAD:AI(A;;FA;;;BA)(A;ID;FA;;;SY)',
    'D:AI',
    /^\$item = Get-Item /,
  ],
];

const answered = z.object({
  dacls: z.array(z.string()),
  owners: z.array(z.string()),
  attributes: z.array(z.string()),
  quoted: z.string(),
  same: z.array(z.boolean()),
});

describe('the commands that put back what the module could not', { skip: withoutPowershell }, () => {
  let found: z.infer<typeof answered>;
  before(async () => {
    const script = `
      $now = { param($sddl) (Split-Sddl $sddl).Dacl }
      [ordered]@{
        dacls = @(foreach ($case in $cases.dacls) { Get-DaclCommand (New-Target $cases.path '1' $case[1] 'Archive') (& $now $case[2]) })
        owners = @(foreach ($sid in $cases.owners) { Get-OwnerCommand (New-Target $cases.path '1' "O:\${sid}G:SYD:P" 'Archive') })
        attributes = @(foreach ($case in $cases.attributes) { Get-AttributeCommand (New-Target $cases.path '1' '' $case[0]) $case[1] })
        quoted = Get-SddlCommand (New-Target "C:\\it's" '1' 'O:BAG:BAD:P' $null) 'Access'
        same = @(foreach ($case in $cases.same) { (& $now $case[0]) -eq (& $now $case[1]) })
      }`;
    found = answered.parse(
      await inModule(script, {
        path,
        dacls: dacls.map(([what, was, is]) => [what, was, is]),
        owners: ['BA', 'SY', installer],
        attributes: [
          ['ReadOnly, Archive', 'Archive'],
          ['Normal', 'ReadOnly, Hidden'],
        ],
        same: [
          ['O:BAG:BAD:PAI(A;;FA;;;SY)', 'O:SYG:SYD:P(A;;FA;;;SY)'],
          ['O:BAG:BAD:AI(A;ID;FA;;;SY)', 'O:BAG:BAD:(A;ID;FA;;;SY)'],
          ['O:BAG:BAD:PAI(A;;FA;;;SY)', 'O:BAG:BAD:AI(A;;FA;;;SY)'],
          ['O:BAG:BAD:P(A;;FA;;;SY)', 'O:BAG:BAD:P(A;;FR;;;SY)'],
        ],
      }),
    );
  });

  dacls.forEach(([what, , , command], index) => {
    test(`of the DACL: ${what}`, () => {
      const given = found.dacls[index] ?? '';
      if (typeof command === 'string') assert.equal(given, command);
      else assert.match(given, command);
    });
  });

  test('of the owner, by the SID in full', () => {
    const commandFor = (sid: string) => icacls(`/setowner "*${sid}"`);
    assert.deepEqual(found.owners, ['S-1-5-32-544', 'S-1-5-18', installer].map(commandFor));
  });

  test('of the attributes, only those that differ', () => {
    assert.deepEqual(found.attributes, [`attrib +R "${path}"`, `attrib -R -H "${path}"`]);
  });

  test('keep a quote in a path inside its string', () => {
    assert.match(found.quoted, /-LiteralPath 'C:\\it''s';/);
  });

  test('are not given for a DACL that only was noted as inherited', () => {
    assert.deepEqual(found.same, [true, true, false, false]);
  });
});
