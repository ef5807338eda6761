# SPDX-License-Identifier: MIT
# Sourced by the other scripts: where this system keeps what a build needs.

# brew keeps curl's pkg-config file out of the way of the system's own.
if command -v brew >/dev/null 2>&1; then
  PKG_CONFIG_PATH=$(brew --prefix)/opt/curl/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
  export PKG_CONFIG_PATH
fi
