import { verifyAudit } from '../../../bot/audit/verify-audit.ts';
import { type Change, decisionOf, wroteNothing } from '../../../bot/changes/change.ts';
import { storedChain } from '../../../bot/store/audit-rows.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { callsOf, isWayBackOf, type Ledger } from './ledger.ts';
import type { Site } from './site.ts';

export const allChanges = async (site: Site): Promise<Change[]> => {
  const rows = await site.database
    .selectFrom('changes')
    .select(['id', 'version'])
    .orderBy('number')
    .execute();
  for (const { id, version } of rows) {
    // Whatever is written to a change counts its version up.
    if (site.read.get(id)?.version === version) continue;
    const change = await findChange(site.database, id);
    if (change !== undefined) site.read.set(id, change);
  }
  return rows.flatMap(({ id }) => site.read.get(id) ?? []);
};

/** Holds after every command, whatever was done. */
export const checkAlways = async (site: Site, ledger: Ledger): Promise<void> => {
  const changes = await allChanges(site);
  ledger.takeIn(site, changes);
  checkLocks(site, changes);
  for (const change of changes) {
    checkCalls(site, change);
    const known = ledger.known.get(change.id);
    const isOver = !['proposed', 'queued', 'approved', 'running'].includes(change.state);
    // What a look found out later is judged anew.
    if (isOver && known !== undefined && (!known.ended || change.result?.kind !== 'unknown')) {
      if (!known.ended) await checkClaim(site, ledger, change);
      known.ended = change.state !== 'unknown';
    }
  }
  await checkCards(site, changes);
};

const checkLocks = (site: Site, changes: readonly Change[]): void => {
  for (const server of site.servers.keys()) {
    const here = changes.filter((change) => change.server === server);
    const holders = here.filter(({ holdsLock }) => holdsLock);
    if (holders.length > 1) site.violations.push(`${holders.length} changes hold ${server}`);
    if (here.filter(({ state }) => state === 'proposed' || state === 'queued').length > 1) {
      site.violations.push(`several plans wait for ${server}`);
    }
  }
  for (const change of changes) {
    const isUnderWay = change.state === 'approved' || change.state === 'running';
    if (isUnderWay && !change.holdsLock) site.violations.push(`change ${change.number} runs without a lock`);
    if (change.state !== 'unknown' || change.holdsLock) continue;
    const isAnswered =
      decisionOf(change, 'unlocked') !== undefined ||
      changes.some((other) => other.id === change.answeredBy && answers(other, change));
    if (!isAnswered)
      site.violations.push(`change ${change.number} is unknown, unanswered, and holds no lock`);
  }
};

/** It is the way back of that one, is let go, and has not ended without having written. */
const answers = (other: Change, change: Change): boolean =>
  isWayBackOf(other, change) &&
  !['proposed', 'queued', 'declined', 'expired', 'superseded', 'cancelled'].includes(other.state) &&
  (other.result === undefined || !wroteNothing(other.result));

const checkCalls = (site: Site, change: Change): void => {
  const calls = callsOf(site, change);
  const count = (name: string) => calls.filter(({ functionName }) => functionName === name).length;
  const most = change.kind === 'raise' && count('restore') > 0 ? 2 : 1;
  if (count('apply') > 1) site.violations.push(`change ${change.number} applied twice`);
  if (count('restore') > 1) site.violations.push(`change ${change.number} restored twice`);
  if (count('restart') > most)
    site.violations.push(`change ${change.number} restarted ${count('restart')} times`);
};

/** What its end says is held against what its own calls did. */
const checkClaim = async (site: Site, ledger: Ledger, change: Change): Promise<void> => {
  const calls = callsOf(site, change);
  const did = (name: string) => calls.some((call) => call.functionName === name && call.executed);
  const wrote = did('apply') || did('restore');
  const known = ledger.known.get(change.id);
  const server = site.servers.get(change.server);
  const isDisturbed = server?.disturbances !== known?.disturbances;
  const complain = (why: string) =>
    site.violations.push(`change ${change.number} is ${change.state}, ${change.result?.kind}: ${why}`);
  if (change.state === 'taken-over') return;
  switch (change.result?.kind) {
    case 'proven':
      if (!isDisturbed && !did('restart')) complain('it was not restarted');
      if (!isDisturbed && change.kind !== 'restart' && !wrote) complain('nothing was written');
      return;
    case 'not-done':
    case 'stale':
      // Somebody else may have put the old file back, which looks the same.
      if (!isDisturbed && wrote) complain('it wrote');
      return;
    case 'not-active':
      if (!isDisturbed && change.kind !== 'restart' && !wrote) complain('nothing was written');
      return;
    case 'restored':
      if (!did('restore') && !isDisturbed) complain('it was not restored');
      return;
    case 'unknown': {
      const wasSeen = calls.every(({ fate }) => ['works', 'not-sent', 'refused'].includes(fate));
      const taken = await site.database
        .selectFrom('audit')
        .select('seq')
        .where('kind', '=', 'taken-over-by-worker')
        .where('entryJson', 'like', `%${change.id}%`)
        .execute();
      // Who takes over cannot know whether the call of a step that was begun went out.
      if (taken.length > 0) return;
      if (calls.length === 0) complain('it never acted');
      else if (wasSeen && !isDisturbed) complain('all was seen');
      return;
    }
    case undefined:
      if (['succeeded', 'failed', 'unknown', 'stale'].includes(change.state)) complain('no result');
      if (calls.length > 0) complain('it acted');
  }
};

/** Every message that shows a change says the state it is in. */
const checkCards = async (site: Site, changes: readonly Change[]): Promise<void> => {
  const posted = await site.database.selectFrom('posted').selectAll().execute();
  const clocks = site.bots.filter(({ isAlive }) => isAlive).map(({ offset }) => offset);
  const now = new Date(site.time.now.getTime() + Math.max(...clocks)).toISOString();
  for (const change of changes) {
    const own = posted.filter(({ changeId }) => changeId === change.id);
    if (
      own.length === 0 &&
      change.batch === undefined &&
      decisionOf(change, 'approved') !== undefined &&
      !site.troubled
    ) {
      site.violations.push(`change ${change.number} has no card`);
    }
    for (const { messageId, batchId, shownUntil, notBefore } of own) {
      // Somebody died while replacing it, or could not: the next one waits for a while.
      if ((shownUntil ?? '') > now || (notBefore ?? '') > now) continue;
      const card = site.messages.find((message) => message.posted.messageId === messageId)?.card;
      const says = String(card?.in('en').summary ?? 'nothing');
      const members = changes.filter(({ batch }) => batch !== undefined && batch.id === batchId);
      const isTrue = batchId === null ? wordsOf(change).test(says) : isTrueOfBatch(members, says);
      if (!isTrue) {
        site.violations.push(`change ${change.number} is ${change.state}, and its card says "${says}"`);
      }
    }
  }
};

const isTrueOfBatch = (members: readonly Change[], says: string): boolean => {
  const states = new Set(members.map(({ state }) => state));
  const asks = /^(Needs approval|Waiting for approval)/.test(says);
  if (asks) return states.has('proposed');
  return !(states.size === 1 && states.has('proposed')) && !says.startsWith('Reading');
};

const wordsOf = (change: Change): RegExp => {
  switch (change.state) {
    case 'proposed':
      return /^(Needs approval|Waiting for approval)/;
    case 'queued':
      return /^Approved, waiting/;
    case 'approved':
    case 'running':
      return /^(Running|Rolling back)/;
    case 'succeeded':
      return change.kind === 'roll-back' ? /^Rolled back/ : /^Done/;
    case 'failed':
      if (change.result?.kind === 'restored') return /^Failed, restored/;
      return change.result?.kind === 'not-active' ? /^(Written, not active|Failed)/ : /^Failed/;
    case 'unknown':
      if (decisionOf(change, 'unlocked') !== undefined) return /^Unlocked/;
      return change.answeredBy === undefined ? /^State unknown/ : /^Answered/;
    case 'declined':
      return decisionOf(change, 'withdrawn') === undefined ? /^Declined/ : /^Withdrawn/;
    case 'expired':
      return /^Expired/;
    case 'superseded':
      return /^Superseded/;
    case 'cancelled':
      return /^Cancelled/;
    case 'stale':
      return /^Stale/;
    case 'taken-over':
      return /^Taken over/;
  }
};

/** The audit has all of it, in one unbroken chain. */
export const checkAudit = async (site: Site): Promise<void> => {
  const { rows, end } = storedChain(site.database);
  const kinds: { kind: string; changeId: string | null }[] = [];
  const lines = async function* () {
    for await (const row of rows) {
      const entry = JSON.parse(row.entryJson) as { changeId: string | null };
      kinds.push({ kind: row.kind, changeId: entry.changeId });
      yield { text: row.entryJson, hash: row.hash, row: { seq: row.seq, at: row.at, kind: row.kind } };
    }
  };
  const { findings } = await verifyAudit(lines(), { end });
  for (const finding of findings) site.violations.push(`the audit: ${JSON.stringify(finding)}`);
  for (const change of await allChanges(site)) {
    const own = kinds.filter(({ changeId }) => changeId === change.id).map(({ kind }) => kind);
    if (own.filter((kind) => kind === 'claimed').length > 1) {
      site.violations.push(`change ${change.number} was claimed twice`);
    }
    const needed = ['proposed', ...change.decisions.map(({ decision }) => decision), ...endKinds(change)];
    for (const kind of needed) {
      const wanted = needed.filter((other) => other === kind).length;
      if (own.filter((other) => other === kind).length < wanted) {
        site.violations.push(`change ${change.number}: the audit lacks "${kind}"`);
      }
    }
  }
};

const endKinds = ({ state, startedAt }: Change): readonly string[] => {
  if (state === 'expired' || state === 'superseded') return [state];
  return startedAt === undefined ? [] : state === 'running' ? ['claimed'] : ['claimed', 'ended'];
};
