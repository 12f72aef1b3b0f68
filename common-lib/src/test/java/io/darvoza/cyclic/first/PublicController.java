package io.darvoza.cyclic.first;

public class PublicController {}
