declare const brand: unique symbol;

/** A type that no other value of the same shape can be mistaken for. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
