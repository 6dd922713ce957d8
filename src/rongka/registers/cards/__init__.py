"""The card: claim, binding, qualification, activation; suspension and cancellation."""
