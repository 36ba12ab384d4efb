/** Where the data of an event is: here, far away, on its way, or not to be had, with the reason. */
export type DataPlace = 'here' | 'away' | 'asked' | { readonly missing: string }
