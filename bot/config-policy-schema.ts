import { z } from 'zod';
import { days } from './changes/policy.ts';
import { isZone } from './changes/zone-offset.ts';
import { duration, guid, shortName, shownName, words, yesOrNo } from './config-values.ts';

const memberExpected = 'a person (id and name) or a group of Entra (group and name)';
const member = z
  .strictObject(
    {
      id: guid.optional().meta({ description: 'Object id of a person in Microsoft Entra.' }),
      group: guid.optional().meta({ description: 'Object id of a group in Microsoft Entra, instead of id.' }),
      name: shownName.meta({ description: 'Shown in cards; decides nothing.' }),
    },
    { error: memberExpected },
  )
  .refine(({ id, group }) => (id === undefined) !== (group === undefined), { error: memberExpected })
  .meta({
    description: 'A person, or everybody in a group and in the groups within it.',
    // The name and one of the two ids.
    minProperties: 2,
    maxProperties: 2,
  });
export type MemberEntry = z.output<typeof member>;

const members = z.array(member, { error: 'a list of people and groups, each with id or group, and name' });

const zoneExpected = 'a time zone by its IANA name, like Europe/Berlin, America/New_York or UTC';
const zone = words(zoneExpected, /^[A-Za-z][0-9A-Za-z_+/-]{0,63}$/).refine(isZone, { error: zoneExpected });

const time = words('a time of day like "02:00", from 00:00 to 23:59', /^([01]\d|2[0-3]):[0-5]\d$/);
const dayName = z.enum(days, { error: 'a day of the week, like sunday' });
const window = z.strictObject(
  {
    days: z
      .union([dayName, z.array(dayName).min(1, { error: 'at least one day' })], {
        error: 'a day of the week, like sunday, or a list of days',
      })
      .meta({ description: 'Days on which the window begins.' }),
    from: time.meta({ description: 'Begin, by the clocks of the zone.' }),
    to: time.meta({ description: 'End; at or before "from": on the day after.' }),
    zone: zone.optional().meta({ description: 'Instead of the general zone.' }),
  },
  { error: 'a window: days, from, to, zone' },
);
export type WindowEntry = z.output<typeof window>;

const approvalsExpected = 'a whole number from 1 to 5';

const approvers = members.meta({ description: 'Who may approve a change.' });
const requesters = z
  .union([z.literal('everyone'), members], { error: '"everyone", or a list of people and groups' })
  .meta({ description: 'Who may ask for a check and a plan.' });
const approvals = z
  .int({ error: approvalsExpected })
  .min(1, { error: approvalsExpected })
  .max(5, { error: approvalsExpected })
  .meta({ description: 'How many different people have to approve a plan.' });
const fourEyes = yesOrNo.meta({ description: 'Who asked for a plan may not approve it.' });
const planValidFor = duration.meta({ description: 'How long a plan may be approved.' });
const windows = z
  .array(window, { error: 'a list of windows, each with days, from, to' })
  .meta({ description: 'When a change may start. None: at any time.' });
const outsideWindows = z
  .enum(['queue', 'refuse'], { error: 'queue or refuse' })
  .meta({ description: 'A plan approved outside the windows waits for the next one, or is refused.' });
const breakGlass = members.meta({
  description: 'Who may run a plan alone and at once, with a written reason.',
});

/** The keys of the policy in the entry of a server or of a group, each instead of the wider one. */
export const nearerPolicyKeys = {
  requesters: requesters.optional(),
  approvers: approvers.optional(),
  approvals: approvals.optional(),
  fourEyes: fourEyes.optional(),
  planValidFor: planValidFor.optional(),
  windows: windows.optional(),
  outsideWindows: outsideWindows.optional(),
  breakGlass: breakGlass.optional(),
};

/** The keys of the policy at the top of the file, with their defaults. */
export const generalPolicyKeys = {
  approvers: approvers.default([]),
  requesters: requesters.default('everyone'),
  approvals: approvals.default(1),
  fourEyes: fourEyes.default(true),
  planValidFor: planValidFor.default('60 min'),
  zone: zone.default('UTC').meta({ description: 'Time zone of windows that name none.' }),
  windows: windows.default([]),
  outsideWindows: outsideWindows.default('queue'),
  breakGlass: breakGlass.default([]),
};

/** A group of servers: `fix` takes its name for all of them, and its keys hold for each. */
export const serverGroup = z.strictObject(
  {
    name: shortName.meta({ description: 'What people write instead of the names of the servers.' }),
    servers: z
      .array(shortName, { error: 'a list of names of servers' })
      .min(1, { error: 'at least one server' })
      .meta({ description: 'Names out of the inventory.' }),
    ...nearerPolicyKeys,
  },
  { error: 'a group: name, servers' },
);
