package org.apache.james.events;

/** All that James publishes for a bus seen from one node; here because one part of it is only visible in this package. */
interface EventBusOfOneNodeContract
        extends GroupContract.SingleEventBusGroupContract,
                KeyContract.SingleEventBusKeyContract,
                EventBusConcurrentTestContract.SingleEventBusConcurrentContract,
                ErrorHandlingContract {
    @Override
    default EnvironmentSpeedProfile getSpeedProfile() {
        return EnvironmentSpeedProfile.SLOW;
    }
}
