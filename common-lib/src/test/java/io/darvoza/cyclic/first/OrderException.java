package io.darvoza.cyclic.first;

final class OrderException extends RuntimeException {}
