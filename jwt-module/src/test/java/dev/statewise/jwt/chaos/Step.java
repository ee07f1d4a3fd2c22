package dev.statewise.jwt.chaos;

/** How far a node is with a rotation. */
enum Step {
  OLD,
  OLD_AND_NEXT,
  NEXT_AND_RETIRING,
  NEXT
}
