import type { Switches } from '../wink/switches/types.ts'
import type { Changes } from './changes.ts'
import { buildClockControl, type ClockControl } from './clock/control.ts'
import {
  buildDeliveryControl,
  buildEventControl,
  type DeliveryControl,
  type EventControl,
} from './deliveries/control.ts'
import { buildFaultControl, type FaultControl } from './faults/control.ts'
import type { RequestControl } from './journal/control.ts'
import { buildReset, type ResetStores } from './reset/control.ts'
import type { Reset } from './reset/types.ts'
import { buildSettingControl, type SettingControl } from './settings/control.ts'
import type { GivenSettings } from './settings/given.ts'
import { buildStateControl, type StateControl } from './state/control.ts'
import { buildAmbiguityControl, type AmbiguityControl } from './switches/control.ts'
import { buildTenantControl, type TenantControl, type TenantParts } from './tenants/control.ts'
import type { TenantInput } from './tenants/types.ts'
import { narrowTo } from './tenants/narrow.ts'
import type { TenantSandbox } from './tenants/tenant-sandbox.ts'
import type { Views } from './views.ts'
import { buildWebhookControl, type WebhookControl } from './webhooks/control.ts'

/**
 * Controls a sandbox from a test. The HTTP API below `/__admin` and the library offer the same operations.
 *
 * Every argument is validated. An invalid one throws `ApiError`, and nothing changes.
 */
export interface Control {
  /** Rules that replace, break or delay responses. */
  readonly faults: FaultControl
  /** The journal of requests and responses. */
  readonly requests: RequestControl
  /** Events, which go to the receivers of webhooks. */
  readonly events: EventControl
  /** The deliveries of events. */
  readonly deliveries: DeliveryControl
  /** The stored webhooks. */
  readonly webhooks: WebhookControl
  /** Export and import of managing entities, tokens, clients and webhooks. */
  readonly state: StateControl
  /** Managing entities, one for each test. */
  readonly tenants: TenantControl
  /** The clock that timestamps and the expiry of tokens follow. */
  readonly clock: ClockControl
  /** The questions that Wink's documentation leaves open. */
  readonly ambiguities: AmbiguityControl
  /** The settings that the sandbox was started with. */
  readonly settings: SettingControl
  /**
   * Restores the initial data and the system clock, and removes faults, journaled requests and deliveries; or only
   * some of these parts, or only those of one managing entity.
   */
  reset(what?: Reset): void
  /**
   * Creates a tenant, as `tenants.create` does, and narrows the other operations to it.
   *
   * @throws ApiError `bad-request` if `input` is invalid
   */
  tenant(input?: TenantInput): TenantSandbox
}

/** Dependencies of a {@link Control}. */
export interface ControlParts extends ResetStores, TenantParts {
  readonly requests: RequestControl
  readonly views: Views
  readonly switches: Switches
  readonly settings: GivenSettings
  readonly changes: Changes
}

export function buildControl(parts: ControlParts): Control {
  const { state, views, changes } = parts
  const { reset } = changes.announced({ reset: buildReset(parts) }, ['reset'], 'sandbox')
  const control: Omit<Control, 'tenant'> = {
    faults: changes.announced(
      buildFaultControl(parts.faults),
      ['arm', 'remove', 'clear'],
      'faults',
    ),
    requests: changes.announced(parts.requests, ['clear'], 'requests'),
    events: buildEventControl(parts.deliveries),
    deliveries: changes.announced(buildDeliveryControl(parts.deliveries), ['clear'], 'deliveries'),
    webhooks: buildWebhookControl(views),
    state: changes.announced(buildStateControl(state, views), ['import'], 'sandbox'),
    tenants: buildTenantControl(parts),
    clock: changes.announced(buildClockControl(parts.clock), ['set', 'advance'], 'clock'),
    ambiguities: buildAmbiguityControl(parts.switches),
    settings: buildSettingControl(parts.settings, parts.ownAddress),
    reset,
  }
  return { ...control, tenant: (input) => narrowTo(control.tenants.create(input), control) }
}
