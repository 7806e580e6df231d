/** Room to what it may import. */
declare const ROOMS: { readonly [room: string]: readonly string[] };
export = ROOMS;
