package dev.statewise.jwt;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/**
 * Whether public keys are points that a private key can have. Key factories do not ask, and what a
 * signature algorithm makes of other points is different in each.
 */
final class CurvePoints {

  /** 2^255 - 19, and the d of -x² + y² = 1 + dx²y²: RFC 8032 §5.1. */
  private static final BigInteger P = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  private static final BigInteger ROOT_OF_MINUS_ONE = TWO.modPow(P.subtract(ONE).shiftRight(2), P);

  /** Doubling so often makes the neutral point of all that have a small order. */
  private static final int COFACTOR_BITS = 3;

  private CurvePoints() {}

  /** Whether a key's point is on its curve. Those of the NIST curves then have the right order. */
  static boolean isOnCurve(ECPublicKey key) {
    ECPoint point = key.getW();
    EllipticCurve curve = key.getParams().getCurve();
    if (point.equals(ECPoint.POINT_INFINITY) || !(curve.getField() instanceof ECFieldFp field)) {
      return false;
    }
    BigInteger p = field.getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
    return isBelow(p, x) && isBelow(p, y) && y.multiply(y).subtract(right).mod(p).signum() == 0;
  }

  /** Whether an Ed25519 key is a point of the curve in its one spelling, and not of small order. */
  static boolean isSoundEd25519(EdECPublicKey key) {
    BigInteger y = key.getPoint().getY();
    if (!isBelow(P, y)) {
      return false;
    }
    BigInteger square = y.multiply(y);
    BigInteger xSquare =
        square.subtract(ONE).multiply(D.multiply(square).add(ONE).modInverse(P)).mod(P);
    BigInteger x = root(xSquare);
    boolean isOnCurve = x.multiply(x).subtract(xSquare).mod(P).signum() == 0;
    boolean isOneSpelling = x.signum() != 0 || !key.getPoint().isXOdd();
    return isOnCurve && isOneSpelling && !isOfSmallOrder(x, y);
  }

  /** Of either sign: a point and its opposite have one order. */
  private static boolean isOfSmallOrder(BigInteger x, BigInteger y) {
    BigInteger u = x;
    BigInteger v = y;
    for (int i = 0; i < COFACTOR_BITS; i++) {
      BigInteger product = D.multiply(u.multiply(v).modPow(TWO, P)).mod(P);
      BigInteger sum = u.multiply(v).shiftLeft(1).multiply(ONE.add(product).modInverse(P));
      BigInteger squares = v.multiply(v).add(u.multiply(u));
      v = squares.multiply(ONE.subtract(product).modInverse(P)).mod(P);
      u = sum.mod(P);
    }
    return u.equals(ZERO) && v.equals(ONE);
  }

  /** A square root modulo P; any number if there is none. */
  private static BigInteger root(BigInteger square) {
    BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    boolean isRoot = root.multiply(root).subtract(square).mod(P).signum() == 0;
    return isRoot ? root : root.multiply(ROOT_OF_MINUS_ONE).mod(P);
  }

  private static boolean isBelow(BigInteger limit, BigInteger number) {
    return number.signum() >= 0 && number.compareTo(limit) < 0;
  }
}
