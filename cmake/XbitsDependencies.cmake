# SPDX-License-Identifier: MIT
# Libraries that are not ours. The core needs libcurl, SQLite and inih, and libcrypto to keep secrets; the
# origin libmicrohttpd; tests cmocka.
find_package(PkgConfig REQUIRED)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl>=7.88)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.37)
pkg_check_modules(INIH REQUIRED IMPORTED_TARGET inih)
# Windows has a cipher of its own. Without one, what is secret does not survive its process.
set(XBITS_CRYPTO)
if(NOT WIN32)
  pkg_check_modules(CRYPTO IMPORTED_TARGET libcrypto>=1.1.1)
  if(CRYPTO_FOUND)
    set(XBITS_CRYPTO PkgConfig::CRYPTO)
  endif()
endif()
pkg_check_modules(MICROHTTPD IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(JANSSON IMPORTED_TARGET jansson)
if(XBITS_TESTS)
  pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)
endif()
