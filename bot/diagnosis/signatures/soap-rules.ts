import type { Fault } from '../faults/fault.ts';

export const hasErrorCode = (fault: Fault, errorCode: string): boolean =>
  fault.errorCode?.toLowerCase() === errorCode.toLowerCase();

export const hasMessage = (fault: Fault, message: string): boolean =>
  fault.message?.trim().toLowerCase() === message.toLowerCase();

/** The service and the method that a fault names, lower case; undefined when its Method is missing or cut before the second. */
function namedMethod({ method }: Fault): { readonly service: string; readonly method: string } | undefined {
  const [, service, name] = /\/(\w{1,60})\/(\w{0,60})$/.exec(method ?? '') ?? [];
  return service === undefined || name === undefined
    ? undefined
    : { service: service.toLowerCase(), method: name.toLowerCase() };
}

const clientService = 'clientwebservice';

/** Another service than ClientWebService, or a whole name of a method of it and not the beginning of SyncUpdates that a cut left. */
const isOtherMethod = (fault: Fault): boolean => {
  const named = namedMethod(fault);
  if (named === undefined) return false;
  return named.service === clientService
    ? !'syncupdates'.startsWith(named.method)
    : named.service.endsWith('webservice');
};

/** A client that scans Microsoft's own service may be refused as well, and no web.config of WSUS has to do with it. */
const isMicrosofts = ({ host }: Fault): boolean =>
  host !== null && /(?:^|\.)(?:microsoft|windowsupdate)\.com$/.test(host);

const isClientActor = ({ actor }: Fault): boolean => /\/ClientWebService\/client\.asmx/i.test(actor ?? '');

const isWholeSyncUpdates = (fault: Fault): boolean => {
  const named = namedMethod(fault);
  return named?.service === clientService && named.method === 'syncupdates';
};

/** Less of the name could as well be SyncPrinterCatalog's. */
const shortestName = 'syncu'.length;

/** SyncUpdates, whole or cut short. */
const namesSyncUpdates = (fault: Fault): boolean => {
  const named = namedMethod(fault);
  return (
    named?.service === clientService &&
    named.method.length >= shortestName &&
    'syncupdates'.startsWith(named.method)
  );
};

/**
 * The call SyncUpdates of ClientWebService: by the client's Method, or by the actor in the server's log (KB 4096317 prints client.asmxs),
 * which names no method. A method that is named and is another one decides, and so does a server of Microsoft's; where one is named and
 * cannot be read, the actor proves nothing.
 */
export const isSyncUpdates = (fault: Fault): boolean => {
  if (isOtherMethod(fault) || isMicrosofts(fault)) return false;
  const hasMethod = fault.method !== null && fault.method !== '';
  return isClientActor(fault) ? !hasMethod || namesSyncUpdates(fault) : isWholeSyncUpdates(fault);
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
