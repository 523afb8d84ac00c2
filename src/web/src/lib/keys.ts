/** The keys of the page. Screens add theirs while they are shown. */

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const maps: KeyMap[] = [];

/** Adds keys until the returned function is called; later maps come first. */
export function withKeys(map: KeyMap): () => void {
  maps.unshift(map);
  return () => {
    const at = maps.indexOf(map);
    if (at >= 0) maps.splice(at, 1);
  };
}

let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

/** Hands a key to the first map that knows it. Keys that are typed into a field are left alone. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = prefix + event.key;
  clearTimeout(prefixTimer);
  const starts = prefix === '' && event.key === 'g';
  prefix = starts ? 'g ' : '';
  if (starts) prefixTimer = setTimeout(() => (prefix = ''), 1500);
  const map = maps.find((candidate) => key in candidate);
  if (!map) return;
  event.preventDefault();
  map[key]!(event);
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
