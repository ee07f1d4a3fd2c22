package dev.statewise.web;

import java.util.List;

/** The headers of a request, as whatever serves HTTP has them. */
@FunctionalInterface
public interface RequestHeaders {

  /**
   * The values of all headers of that name, in their order; empty if there is none.
   *
   * @param name in any case
   */
  List<String> all(String name);
}
