/**
 * Event names that Wink's catalogue had until 2026-06-24, each with the name of today that it seems to have become: Wink
 * says which names went, not what took their place; null where no name of today is like it (wink; ours).
 */
export const retiredEventNames: ReadonlyMap<string, string | null> = new Map([
  ['account.create', 'managing_entity.created'],
  ['account.updated', null],
  ['account.status.updated', 'managing_entity.status.updated'],
  ['account.address.updated', 'managing_entity.city.updated'],
  ['account.information.update', 'managing_entity.information.updated'],
  ['account.profile_picture.updated', 'managing_entity.profile_picture.updated'],
  ['account.agent.updated', 'managing_entity.agent.updated'],
  ['account.url-name.update', 'managing_entity.url_name.updated'],
  ['account.unique-id.update', 'managing_entity.unique_id.updated'],
  ['account.acquirer.created', null],
  ['account.acquirer.updated', null],
  ['account.acquirer.removed', null],
  ['booking.contract.initialize.request', 'booking.initialize.request'],
  ['booking.contract.initialize.complete', 'booking.initialize.complete'],
  ['booking.contract.created', 'booking.create'],
  ['booking.contract.processing', 'booking.processing'],
  ['booking.contract.failed', 'booking.failed'],
  ['booking.contract.cancelled', 'booking.cancelled'],
  ['booking.contract.refund.partial', 'booking.refund.partial'],
  ['booking.contract.refund.full', 'booking.refund.full'],
  ['booking.contract.refund.request', 'booking.refund.request'],
  ['booking.contract.refund.error', 'booking.refund.error'],
  ['booking.contract.payout.create', 'booking.payout.create'],
  ['booking.contract.payout.complete', 'booking.payout.complete'],
])

/** Event names that Wink's documents use and its catalogue has never had, each with the one that it stands for (wink; ours). */
export const misnamedEventNames: ReadonlyMap<string, string> = new Map([
  ['booking.created', 'booking.create'],
  ['payment.completed', 'internal.payment.succeeded'],
])
