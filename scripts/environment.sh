# SPDX-License-Identifier: MIT
# Sourced by the other scripts: where this system keeps what a build needs.

# brew keeps the pkg-config files of curl and OpenSSL out of the way of the system's own.
if command -v brew >/dev/null 2>&1; then
  kegs=$(brew --prefix)/opt
  PKG_CONFIG_PATH=$kegs/curl/lib/pkgconfig:$kegs/openssl@3/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
  export PKG_CONFIG_PATH
fi
