import type { Fault } from '../fault.ts';

export const hasErrorCode = (fault: Fault, errorCode: string): boolean =>
  fault.errorCode?.toLowerCase() === errorCode.toLowerCase();

export const hasMessage = (fault: Fault, message: string): boolean =>
  fault.message?.trim().toLowerCase() === message.toLowerCase();

/** The call SyncUpdates of ClientWebService: by the client's Method, or by the actor in the server's log (KB 4096317 prints client.asmxs). */
export const isSyncUpdates = (fault: Fault): boolean =>
  /\/ClientWebService\/SyncUpdates$/i.test(fault.method ?? '') ||
  /\/ClientWebService\/client\.asmx/i.test(fault.actor ?? '');

export const installedNonLeaf = 'parameters.InstalledNonLeafUpdateIDs';
export const otherCached = 'parameters.OtherCachedUpdateIDs';
const limitMessages = [installedNonLeaf.toLowerCase(), otherCached.toLowerCase()];
/** The name is whole, but other text ran into it. */
const spoiltMessage = /^parameters\.(?:installednonleafupdateids|othercachedupdateids)[^\w.]/;

/** One of the two limits may be behind it: the message is missing or cut, or nothing says which service it came from. */
export const isCutShort = (fault: Fault): boolean => {
  const message = fault.message?.trim().toLowerCase() ?? '';
  if (fault.errorCode === null) return message !== '';
  if (!hasErrorCode(fault, 'InvalidParameters')) return false;
  if (message === '' || spoiltMessage.test(message)) return true;
  const otherService = fault.service !== null && fault.service !== 'ClientWebService';
  return !otherService && !isSyncUpdates(fault)
    ? limitMessages.some((whole) => whole.startsWith(message))
    : limitMessages.some((whole) => whole.startsWith(message) && whole !== message);
};
