package io.darvoza.common.reactive;

/** Reactive work gave no result before the waiting thread's time was over; it may still finish. */
public final class AwaitTimeoutException extends RuntimeException {

    AwaitTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
