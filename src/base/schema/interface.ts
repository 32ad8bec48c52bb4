import type { Static, TSchema } from '@sinclair/typebox'

/**
 * The public interface of a schema. If the two part ways, it does not compile.
 *
 * An interface may be narrower in what goes together: a union of objects counts as one object with all their members.
 */
export type InterfaceOf<
  Schema extends TSchema,
  Interface extends Checked<Static<Schema>, Interface>,
> = Interface

type Checked<Expected, Interface> =
  Same<Merged<Expected>, Merged<Interface>> extends true
    ? unknown
    : ['the interface differs from the schema', Merged<Expected>, Merged<Interface>]

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false

type Primitive = string | number | boolean | null | undefined

/** A type of JSON without `readonly`, its objects merged into one. */
type Merged<Type> =
  | Extract<Type, Primitive>
  | MergedList<Extract<Type, readonly unknown[]>>
  | MergedObject<Exclude<Type, Primitive | readonly unknown[]>>

type MergedList<List extends readonly unknown[]> = [List] extends [never]
  ? never
  : Merged<List[number]>[]

type MergedObject<Type> = [Type] extends [never]
  ? never
  : { -readonly [Name in NameIn<Type>]-?: Merged<MemberOf<Type, Name>> }

type NameIn<Type> = Type extends unknown ? keyof Type : never

type MemberOf<Type, Name> = Type extends unknown
  ? Name extends keyof Type
    ? Type[Name]
    : undefined
  : never
