import type { Fault } from '../faults/fault.ts';

export const hasErrorCode = (fault: Fault, errorCode: string): boolean =>
  fault.errorCode?.toLowerCase() === errorCode.toLowerCase();

export const hasMessage = (fault: Fault, message: string): boolean =>
  fault.message?.trim().toLowerCase() === message.toLowerCase();

/** Less of the name could as well be SyncPrinterCatalog's. */
const shortestName = 'syncu'.length;

/**
 * What the Method of a fault says: SyncUpdates of ClientWebService, whole or cut short behind enough of its name; another method or service;
 * something that cannot be read; or nothing.
 */
function methodOf({ method }: Fault): 'whole' | 'begun' | 'other' | 'unread' | 'none' {
  if (method === null || method === '') return 'none';
  const [, service = '', name = ''] = /\/(\w{1,60})\/(\w{0,60})$/.exec(method.toLowerCase()) ?? [];
  if (service !== 'clientwebservice') return service.endsWith('webservice') ? 'other' : 'unread';
  if (name === 'syncupdates') return 'whole';
  if (!'syncupdates'.startsWith(name)) return 'other';
  return name.length >= shortestName ? 'begun' : 'unread';
}

const isOtherMethod = (fault: Fault): boolean => methodOf(fault) === 'other';

/** A client that scans Microsoft's own service may be refused as well, and no web.config of WSUS has to do with it. */
const isMicrosofts = ({ host }: Fault): boolean =>
  host !== null && /(?:^|\.)(?:microsoft|windowsupdate)\.com$/.test(host);

const isClientActor = ({ actor }: Fault): boolean => /\/ClientWebService\/client\.asmx/i.test(actor ?? '');

/**
 * The call SyncUpdates of ClientWebService: by the client's Method, or by the actor in the server's log (KB 4096317 prints client.asmxs),
 * which names no method. A method that is named and is another one decides, and so does a server of Microsoft's; where one is named and
 * cannot be read, the actor proves nothing.
 */
export const isSyncUpdates = (fault: Fault): boolean => {
  if (isOtherMethod(fault) || isMicrosofts(fault)) return false;
  const method = methodOf(fault);
  return method === 'whole' || (isClientActor(fault) && (method === 'begun' || method === 'none'));
};

/** The fault names a service or a method, and it is not SyncUpdates of ClientWebService. */
const isElsewhere = (fault: Fault): boolean => {
  if (fault.service !== null && fault.service !== 'ClientWebService') return true;
  if (isOtherMethod(fault) || isMicrosofts(fault)) return true;
  return fault.service === null && /\/\w{1,60}\/\w{1,60}\.asmx/i.test(fault.actor ?? '');
};

/** SoftwareDistribution.log names a method and the exception that stopped it, in place of a fault. */
export const isServerException = (fault: Fault): boolean =>
  fault.method?.startsWith('ClientImplementation.') === true;

/** The same of SimpleAuthWebService. */
export const isSimpleAuthException = (fault: Fault): boolean =>
  fault.method?.startsWith('SimpleAuthImplementation.') === true;

export const installedNonLeaf = 'parameters.InstalledNonLeafUpdateIDs';
export const otherCached = 'parameters.OtherCachedUpdateIDs';
const limitMessages = [installedNonLeaf.toLowerCase(), otherCached.toLowerCase()];
/** The message is that of one of the two limits. */
export const namesLimit = (fault: Fault): boolean =>
  limitMessages.some((message) => hasMessage(fault, message));

/** The name is whole, but other text ran into it. */
const spoiltMessage = /^parameters\.(?:installednonleafupdateids|othercachedupdateids)[^\w.]/;

/** One of the two limits may be behind it: the message is missing or cut, or nothing says which service it came from. */
export const isCutShort = (fault: Fault): boolean => {
  const message = fault.message?.trim().toLowerCase() ?? '';
  if (fault.errorCode === null) return message !== '';
  if (!hasErrorCode(fault, 'InvalidParameters')) return false;
  if (message === '' || spoiltMessage.test(message)) return true;
  return !isElsewhere(fault) && !isSyncUpdates(fault)
    ? limitMessages.some((whole) => whole.startsWith(message))
    : limitMessages.some((whole) => whole.startsWith(message) && whole !== message);
};
